package org.tandem.api.host;

/** What was registered; closing takes it back. Closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  @Override
  void close();
}
