package org.tandem.wiki.plugin.route;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.problem.Problem;

/**
 * One servlet of a plugin. Requests run with the plugin's class loader as the thread's, and so many
 * at once as leave the wiki threads for all else: one that hangs can be ended by nobody. Threads:
 * safe for use by any thread; {@link #end} waits a little for requests that are under way.
 */
final class ServletRoute {

  private static final Logger LOG = LoggerFactory.getLogger(ServletRoute.class);
  private static final long END_SECONDS = 5;

  /** Calls at once; the server has 200 threads. */
  static final int MOST_CALLS = 50;

  /** Calls that wait for one of those to end, each for this long. */
  static final int MOST_WAITING = 20;

  private static final long WAIT_SECONDS = 1;

  private final String plugin;
  private final String path;
  private final HttpServlet servlet;
  private final ReadWriteLock running = new ReentrantReadWriteLock();
  private final Semaphore calls = new Semaphore(MOST_CALLS);
  private final AtomicBoolean full = new AtomicBoolean();
  private boolean initialised;
  private volatile boolean ended;

  /**
   * @param plugin its id
   */
  ServletRoute(String plugin, String prefix, HttpServlet servlet) {
    this.plugin = plugin;
    this.path = "/api/" + prefix;
    this.servlet = servlet;
  }

  void serve(ServletContext context, HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    if (!mayCall()) {
      if (full.compareAndSet(false, true)) {
        LOG.warn(
            "The plugin {} has {} calls of {} under way and takes no more until some have ended",
            plugin,
            MOST_CALLS,
            path);
      }
      answer.setHeader("Retry-After", "5");
      new Problem(503, "The plugin that serves this has too much to do: try again later.")
          .send(answer);
      return;
    }
    try {
      call(context, request, answer);
      full.set(false);
    } finally {
      calls.release();
    }
  }

  private boolean mayCall() {
    if (calls.tryAcquire()) {
      return true;
    }
    try {
      return calls.getQueueLength() < MOST_WAITING
          && calls.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void call(ServletContext context, HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    running.readLock().lock();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(servlet.getClass().getClassLoader());
    try {
      if (ended) {
        new Problem(
                503,
                "The plugin that serves this is not running: try again later.",
                PluginRoutes.NO_PLUGIN)
            .send(answer);
        return;
      }
      initialise(context);
      servlet.service(new Below(request, path), answer);
    } catch (RuntimeException | ServletException | LinkageError | StackOverflowError failure) {
      LOG.error(
          "The plugin {} failed at {} {}",
          plugin,
          request.getMethod(),
          request.getRequestURI(),
          failure);
      new Problem(
              500,
              "The plugin made a mistake, and the wiki's log says which: tell the"
                  + " administrator.")
          .send(answer);
    } finally {
      thread.setContextClassLoader(before);
      running.readLock().unlock();
    }
  }

  private synchronized void initialise(ServletContext context) throws ServletException {
    if (!initialised) {
      servlet.init(new Config(path, context));
      initialised = true;
    }
  }

  void end() {
    ended = true;
    try {
      if (running.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS)) {
        running.writeLock().unlock();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (initialised) {
        servlet.destroy();
      }
    }
  }

  /** The request as a servlet sees it that is mapped to the route. */
  private static final class Below extends HttpServletRequestWrapper {

    private final String servletPath;

    Below(HttpServletRequest request, String servletPath) {
      super(request);
      this.servletPath = servletPath;
    }

    @Override
    public String getServletPath() {
      return servletPath;
    }

    @Override
    public @Nullable String getPathInfo() {
      HttpServletRequest request = (HttpServletRequest) getRequest();
      String whole =
          request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
      String rest = whole.substring(servletPath.length());
      return rest.isEmpty() ? null : rest;
    }
  }

  private record Config(String name, ServletContext context) implements ServletConfig {

    @Override
    public String getServletName() {
      return name;
    }

    @Override
    public ServletContext getServletContext() {
      return context;
    }

    @Override
    public @Nullable String getInitParameter(String parameter) {
      return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.emptyEnumeration();
    }
  }
}
