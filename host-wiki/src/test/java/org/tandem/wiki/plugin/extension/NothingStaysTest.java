package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.format.Markup;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.Access;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.User;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.PluginView;

/** After a plugin's registrations are closed nothing holds its objects, and so its classes. */
class NothingStaysTest {

  private static final Delta PAGE =
      Delta.builder().embed("gone", "x", Attributes.NONE).insert("\n").build();

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();

  @AfterEach
  void close() {
    hooks.close();
  }

  /** Leaves itself in every thread that runs it. */
  private static class Careless {

    private final ThreadLocal<Object> left = new ThreadLocal<>();

    void leave() {
      left.set(this);
    }
  }

  private static final class Check extends Careless implements ChangeCheck {

    @Override
    public Answer check(ProposedChange change, User author, Access access) {
      leave();
      return new Answer.Accept();
    }
  }

  private static final class Throwing extends Careless implements ChangeCheck {

    @Override
    public Answer check(ProposedChange change, User author, Access access) {
      leave();
      throw new IllegalStateException("as the test wants");
    }
  }

  private static final class Listener extends Careless implements ChangeListener {

    private final CountDownLatch told = new CountDownLatch(1);

    @Override
    public void committed(PageChange change) {
      leave();
      told.countDown();
    }
  }

  private static final class Comings extends Careless implements ConnectionListener {

    private final CountDownLatch told = new CountDownLatch(1);

    @Override
    public void joined(EditorConnection connection) {
      leave();
      told.countDown();
    }
  }

  private static final class Messages extends Careless implements PageMessageListener {

    private final CountDownLatch told = new CountDownLatch(1);

    @Override
    public void received(EditorConnection from, Object value) {
      leave();
      told.countDown();
    }
  }

  private static final class Hands extends Careless implements Predicate<Object> {

    @Override
    public boolean test(Object value) {
      leave();
      return true;
    }
  }

  private static final class Rendering extends Careless implements DeclaredFormat.Rendering {

    @Override
    public Look look(String name, Object value) {
      leave();
      return Look.Thing.of(new Markup.Text("x"), "x");
    }
  }

  private static final class Words extends Careless implements SearchText {

    @Override
    public String words(PageId page, Delta document) {
      leave();
      return "words";
    }
  }

  private static final class File extends Careless implements Exporter, Importer {

    @Override
    public String name() {
      return "file";
    }

    @Override
    public String label() {
      return "File";
    }

    @Override
    public String mediaType() {
      return "text/plain";
    }

    @Override
    public String extension() {
      return "txt";
    }

    @Override
    public List<String> extensions() {
      return List.of("txt");
    }

    @Override
    public void export(Page page, PageContent content, Looks looks, OutputStream out) {
      leave();
    }

    @Override
    public Outcome read(byte[] file, String fileName) {
      leave();
      return new Outcome.Refused("As the test wants.");
    }
  }

  private List<WeakReference<Object>> used() throws Exception {
    Check check = new Check();
    Throwing throwing = new Throwing();
    Listener listener = new Listener();
    Comings comings = new Comings();
    Messages messages = new Messages();
    Hands hands = new Hands();
    Rendering rendering = new Rendering();
    List<Registration> registrations = new ArrayList<>();
    registrations.add(hooks.extensions.registrations().register("gone", check));
    registrations.add(hooks.extensions.registrations().register("gone", throwing));
    registrations.add(hooks.extensions.registrations().register("gone", listener));
    registrations.add(hooks.extensions.registrations().register("gone", comings));
    registrations.add(hooks.extensions.registrations().register("gone", messages));
    registrations.add(
        hooks.extensions.registrations().register("gone", new PresenceField("gone", hands)));
    registrations.add(
        hooks
            .extensions
            .registrations()
            .register(
                "gone",
                new DeclaredFormat(
                    new Format("gone", Format.Place.EMBED, rendering::equals),
                    ConflictRule.ONE_VALUE,
                    rendering)));
    Words words = new Words();
    File file = new File();
    registrations.add(hooks.extensions.registrations().register("gone", words));
    registrations.add(hooks.extensions.registrations().register("gone", (Exporter) file));
    registrations.add(hooks.extensions.registrations().register("gone", (Importer) file));
    Page title = new Page(page, "Title", "team");
    for (int i = 0; i < 2 * HookThreads.THREADS; i++) {
      hooks.extensions.search().ask(page, PAGE);
      hooks
          .extensions
          .exchange()
          .export("gone", "file", title, new PageContent(1, PAGE), Looks.NONE);
      hooks.extensions.exchange().read("gone", "file", new byte[0], "");
      hooks.check(page);
      hooks.extensions.looks(PAGE);
      hooks.extensions.committed(List.of(TestHooks.change(page, i)));
      hooks.extensions.joined(TestHooks.connection(page));
      hooks.extensions.received(TestHooks.connection(page), "gone", i);
      CompletableFuture<Hooks.Permission> said = new CompletableFuture<>();
      hooks.extensions.allows(page, "gone", i, said::complete);
      said.get();
    }
    listener.told.await();
    comings.told.await();
    messages.told.await();
    registrations.forEach(Registration::close);
    kept.addAll(registrations);
    return List.of(
        new WeakReference<>(check),
        new WeakReference<>(throwing),
        new WeakReference<>(listener),
        new WeakReference<>(comings),
        new WeakReference<>(messages),
        new WeakReference<>(hands),
        new WeakReference<>(rendering),
        new WeakReference<>(words),
        new WeakReference<>(file));
  }

  /** A plugin, or its scope, may keep these. */
  private final List<Registration> kept = new ArrayList<>();

  @Test
  void ofWhatIsClosed() throws Exception {
    List<WeakReference<Object>> gone = used();
    TestHooks.await(
        () -> {
          System.gc();
          return gone.stream().allMatch(one -> one.get() == null);
        });
    assertEquals(PluginView.NOTHING, hooks.extensions.of("gone"));
    assertEquals(10, kept.size());
  }
}
