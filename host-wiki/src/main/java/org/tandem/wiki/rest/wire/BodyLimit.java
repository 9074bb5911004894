package org.tandem.wiki.rest.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tandem.wiki.gate.Refusal;

/** Refuses bodies that are larger than any page, also where no length was announced. */
public final class BodyLimit implements ContainerRequestFilter {

  public static final int BYTES = 4 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getLength() > BYTES) {
      throw tooLarge();
    }
    request.setEntityStream(new Bounded(request.getEntityStream()));
  }

  private static Refusal tooLarge() {
    return new Refusal(
        413, "The body is larger than " + BYTES / 1024 / 1024 + " MB: split the page.");
  }

  private static final class Bounded extends FilterInputStream {

    private int left = BYTES;

    Bounded(InputStream in) {
      super(in);
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
        throw tooLarge();
      }
    }
  }
}
