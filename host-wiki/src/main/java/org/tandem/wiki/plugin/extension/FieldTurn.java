package org.tandem.wiki.plugin.extension;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.Hooks.Permission;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.Notices;
import org.tandem.wiki.plugin.hook.Turn;

/** Whether a presence field may have a value. */
final class FieldTurn extends Turn {

  private final Hook<PresenceField> field;
  private final PageId page;
  private final Object value;
  private final Notices notices;

  /** Whoever waits; a thread that hangs must not hold it. Guarded by this. */
  private @Nullable Consumer<Permission> answer;

  FieldTurn(
      long mostMillis,
      Hook<PresenceField> field,
      PageId page,
      Object value,
      Notices notices,
      Consumer<Permission> answer) {
    super(mostMillis);
    this.field = field;
    this.page = page;
    this.value = value;
    this.notices = notices;
    this.answer = answer;
  }

  @Override
  protected void work() {
    Permission said = field.isOn(page) ? asked() : Permission.BUSY;
    if (done()) {
      answer(said);
    }
  }

  private Permission asked() {
    try {
      boolean allowed = within(field, () -> field.code().rule().test(value));
      if (!isGivenUp()) {
        field.fuse().succeeded(page);
      }
      return allowed ? Permission.ALLOWED : Permission.NOT_ALLOWED;
    } catch (Throwable fault) {
      if (!isGivenUp()) {
        notices.failed(field, page, "threw " + fault);
      }
      return Permission.NOT_ALLOWED;
    }
  }

  private void answer(Permission said) {
    Consumer<Permission> waiting;
    synchronized (this) {
      waiting = answer;
      answer = null;
    }
    if (waiting != null) {
      waiting.accept(said);
    }
  }

  @Override
  protected void late() {
    Hook<?> hook = blamed();
    if (hook != null) {
      notices.failed(hook, page, "took longer than " + mostMillis() + " ms");
    }
    answer(Permission.BUSY);
  }
}
