package org.tandem.wiki.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Knows the requests that are under way. Once the wiki ends, what comes on connections that are
 * still open is answered with 503 and sent elsewhere at once.
 */
final class UnderWay extends GracefulHandler {

  UnderWay(Handler handler) {
    super(handler);
  }

  /** Takes no more requests, and waits for those that are under way. */
  void end(long millis) {
    try {
      shutdown().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException slow) {
      // They are cut off, as a client must be ready for.
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void handleShutdownRejection(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.RETRY_AFTER, "0");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    super.handleShutdownRejection(request, response, callback);
  }
}
