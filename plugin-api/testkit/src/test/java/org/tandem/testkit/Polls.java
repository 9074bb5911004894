package org.tandem.testkit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Tells all editors of a page who voted, shows raised hands, and says who came and went. */
public final class Polls implements Plugin {

  static final String ID = "polls";

  /** A system property that says which class loader it has. */
  static final String LOADER = "tandem.test.polls";

  private static final class Told extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer)
        throws IOException {
      answer.getWriter().print(String.join("; ", told));
    }
  }

  @Override
  public void start(PluginContext context) {
    System.getProperties().put(LOADER, new WeakReference<>(getClass().getClassLoader()));
    Told told = new Told();
    context.host().routes().servlet(ID, told);
    context.register(
        new ConnectionListener() {
          @Override
          public void joined(EditorConnection connection) {
            told.told.add(
                connection.client() + " joined " + connection.page() + ": " + connection.access());
          }

          @Override
          public void left(EditorConnection connection, EditorConnection.End why) {
            told.told.add(connection.client() + " left " + connection.page() + ": " + why);
          }
        });
    PageMessageListener votes =
        (from, value) ->
            context
                .pageMessages()
                .send(from.page(), Map.of("client", from.client().toString(), "vote", value));
    context.register(votes);
    context.register(new PresenceField("polls-hand", "up"::equals));
  }

  @Override
  public void stop() {}
}
