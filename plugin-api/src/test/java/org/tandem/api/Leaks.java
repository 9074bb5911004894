package org.tandem.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Types that show what they should not, each in another place: {@link PublicTypesTest}. */
public final class Leaks {

  private Leaks() {}

  public interface InArgumentsOfAResult {
    Map<String, List<JsonNode>> leak();
  }

  public interface InAnArray {
    void leak(JsonNode[] nodes);
  }

  public record InAComponent(List<JsonNode> nodes) {}

  public abstract static class InAField {
    protected JsonNode leak;
  }

  public interface InAnException {
    void leak() throws JsonProcessingException;
  }

  public interface InABound {
    <T extends JsonNode> T leak();
  }

  public interface InAParent extends Comparable<JsonNode> {}

  @JsonSerialize
  public interface InAnAnnotation {}

  public interface OfRequests {
    void leak(HttpServletRequest request);
  }

  public interface OfHiddenTypes {
    Hidden leak();
  }

  interface Hidden {}

  /** The only one that shows none. */
  public static class OfNone {
    protected OfNone() {}

    public <T extends Comparable<T>> Map<String, T[]> of(List<? super Integer> numbers) {
      return Map.of();
    }

    JsonNode hidden() {
      return new ArrayList<JsonNode>().get(0);
    }
  }
}
