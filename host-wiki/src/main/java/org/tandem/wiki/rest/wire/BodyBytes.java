package org.tandem.wiki.rest.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a call takes a body of another size than those of {@link BodyLimit#BYTES}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyBytes {

  /** The largest body, in bytes. */
  int value();
}
