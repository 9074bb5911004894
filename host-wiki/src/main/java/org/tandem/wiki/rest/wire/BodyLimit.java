package org.tandem.wiki.rest.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.gate.Refusal;

/**
 * Refuses bodies that are larger than any page, or than a call says by {@link BodyBytes}, also
 * where no length was announced. Most of such a body is read all the same: a caller who is cut off
 * while writing never reads the answer.
 */
public final class BodyLimit implements ContainerRequestFilter {

  public static final int BYTES = 4 * 1024 * 1024;

  private static final long MOST_DRAINED = 8L * BYTES;

  @Context private @Nullable ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    int most = most();
    if (request.getLength() > most) {
      throw tooLarge(request.getEntityStream(), most);
    }
    request.setEntityStream(new Bounded(request.getEntityStream(), most));
  }

  private int most() {
    BodyBytes own =
        resource == null ? null : resource.getResourceMethod().getAnnotation(BodyBytes.class);
    return own == null ? BYTES : own.value();
  }

  private static Refusal tooLarge(InputStream rest, int most) {
    try {
      drain(rest);
    } catch (IOException gone) {
      // Then nobody waits for the answer either.
    }
    return new Refusal(
        413, "The body is larger than " + most / 1024 / 1024 + " MB: split the page.");
  }

  private static void drain(InputStream rest) throws IOException {
    byte[] buffer = new byte[65_536];
    long drained = 0;
    for (int read = 0; read >= 0 && drained < MOST_DRAINED; read = rest.read(buffer)) {
      drained += read;
    }
  }

  private static final class Bounded extends FilterInputStream {

    private final int most;
    private int left;

    Bounded(InputStream in, int most) {
      super(in);
      this.most = most;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge(in, most);
      }
    }
  }
}
