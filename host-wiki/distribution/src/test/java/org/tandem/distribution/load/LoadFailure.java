package org.tandem.distribution.load;

/** The server lost, changed or refused what it must not, or was not ready in time. */
final class LoadFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadFailure(String sentence) {
    super(sentence);
  }
}
