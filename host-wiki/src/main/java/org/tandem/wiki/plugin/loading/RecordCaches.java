package org.tandem.wiki.plugin.loading;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What the JDK remembers of records: before Java 19 its method handles for their equals and
 * hashCode keep the last type that they were adapted to, and with it the classes of a plugin that
 * has ended (JDK-8078641). They are adapted to a type of the JDK once more.
 */
final class RecordCaches {

  /** Any record with one component. */
  private record Any(String component) {}

  private RecordCaches() {}

  /** Makes the JDK forget the type that it saw last. */
  static void renew() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle component = lookup.findGetter(Any.class, "component", String.class);
      ObjectMethods.bootstrap(
          lookup,
          "equals",
          MethodType.methodType(boolean.class, Any.class, Object.class),
          Any.class,
          "component",
          component);
      ObjectMethods.bootstrap(
          lookup,
          "hashCode",
          MethodType.methodType(int.class, Any.class),
          Any.class,
          "component",
          component);
    } catch (Throwable impossible) {
      throw new IllegalStateException("A record of our own has no equals", impossible);
    }
  }
}
