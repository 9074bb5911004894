package org.tandem.collab.log.hibernate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * CRC-32C over the columns of a row. It finds what a disk, a restore or a hand changed by accident;
 * it is no seal against somebody who means it.
 */
final class Checksum {

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  Checksum and(long value) {
    number.clear();
    number.putLong(value).flip();
    crc.update(number);
    return this;
  }

  Checksum and(UUID value) {
    return and(value.getMostSignificantBits()).and(value.getLeastSignificantBits());
  }

  Checksum and(String value) {
    return and(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The length goes before the bytes, so that nothing moves unseen from one column to the next. */
  Checksum and(byte[] value) {
    and(value.length);
    crc.update(value);
    return this;
  }

  long value() {
    return crc.getValue();
  }
}
