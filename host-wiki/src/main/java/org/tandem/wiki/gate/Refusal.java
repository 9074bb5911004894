package org.tandem.wiki.gate;

import jakarta.ws.rs.WebApplicationException;
import java.util.Map;

/** A request is not carried out; the detail is one sentence for the caller that says what to do. */
public final class Refusal extends WebApplicationException {

  private static final long serialVersionUID = 1L;

  private final String detail;
  private final transient Map<String, Object> members;

  public Refusal(int status, String detail) {
    this(status, detail, Map.of());
  }

  /**
   * @param members further members of the problem body
   */
  public Refusal(int status, String detail, Map<String, Object> members) {
    super(detail, status);
    this.detail = detail;
    this.members = Map.copyOf(members);
  }

  public int status() {
    return getResponse().getStatus();
  }

  public String detail() {
    return detail;
  }

  public Map<String, Object> members() {
    return members;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this; // an expected answer, not a fault
  }
}
