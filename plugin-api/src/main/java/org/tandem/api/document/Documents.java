package org.tandem.api.document;

import org.tandem.api.delta.Delta;

/** Documents that every page may stand on. */
public final class Documents {

  /** What a new page holds: one empty line. */
  public static final Delta EMPTY_PAGE = Delta.builder().insert("\n").build();

  private Documents() {}
}
