package org.tandem.wiki.installation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.store.Store;

/**
 * The archives in the database, in pieces, so that neither a node nor a proxy has to hold one
 * whole, and uploads, whose pieces may come by any node. Threads and failure as for {@link Store}.
 */
public final class Archives {

  /** The most bytes of a piece of an upload; below what a request may have as its body. */
  public static final int MOST_PIECE_BYTES = 2 * 1024 * 1024;

  /** The most pieces of one upload: 512 MB. */
  public static final int MOST_PIECES = 256;

  /** What was uploaded and not installed is kept for this time. */
  static final Duration UPLOAD_KEPT = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Archives.class);
  private static final String UPLOAD = "upload-";

  private final Store store;
  private final Clock clock;

  public Archives(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Whether the archive is stored whole. */
  public boolean has(String hash) {
    return store.read(session -> session.find(ArchiveRow.class, hash) != null);
  }

  /**
   * Stores a file; does nothing when it is there already.
   *
   * @param archive with the file's hash and size
   * @param by the name of who brings it
   */
  public void store(Path file, StoredArchive archive, String by) {
    if (has(archive.hash())) {
      return;
    }
    try {
      store.change(
          session -> {
            session.persist(new ArchiveRow(archive, clock.instant(), by));
            session.flush();
            session.doWork(connection -> insertAll(connection, archive.hash(), file));
          });
    } catch (ConstraintViolationException anotherNodeWasFaster) {
      LOG.debug("Another node has stored the archive {}", archive.hash());
    }
  }

  private void insertAll(Connection connection, String hash, Path file) throws SQLException {
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (byte[] piece = in.readNBytes(MOST_PIECE_BYTES);
          piece.length > 0;
          piece = in.readNBytes(MOST_PIECE_BYTES)) {
        insert(connection, hash, number++, piece, clock.instant());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void insert(
      Connection connection, String archive, int number, byte[] content, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into wiki.plugin_piece (archive, number, content, added_at)"
                + " values (?, ?, ?, ?) on conflict (archive, number)"
                + " do update set content = excluded.content")) {
      insert.setString(1, archive);
      insert.setInt(2, number);
      insert.setBytes(3, content);
      insert.setObject(4, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** A new upload's id, to which pieces can be added. */
  public String beginUpload() {
    return UUID.randomUUID().toString();
  }

  /**
   * Takes a piece of an upload; the same again takes its place.
   *
   * @param number counted from 0, below {@value #MOST_PIECES}
   * @param content 1 to {@value #MOST_PIECE_BYTES} bytes
   */
  public void add(UUID upload, int number, byte[] content) {
    store.change(
        session ->
            session.doWork(
                connection ->
                    insert(connection, UPLOAD + upload, number, content, clock.instant())));
  }

  /**
   * Writes the pieces of an upload to a file, in order.
   *
   * @return false when there is none, or one is missing between them
   * @throws IOException when the file cannot be written
   */
  public boolean writeUpload(UUID upload, Path file) throws IOException {
    return write(UPLOAD + upload, file) > 0;
  }

  /** Whether any piece of the upload is there. */
  public boolean hasPieces(UUID upload) {
    return store.read(
        session -> session.doReturningWork(connection -> last(connection, UPLOAD + upload) >= 0));
  }

  /** The upload is not wanted any more. */
  public void drop(UUID upload) {
    store.change(session -> delete(session, UPLOAD + upload));
  }

  private static void delete(Session session, String archive) {
    session.doWork(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from wiki.plugin_piece where archive = ?")) {
            delete.setString(1, archive);
            delete.executeUpdate();
          }
        });
  }

  /**
   * Writes a stored archive to a file.
   *
   * @return false when it is not stored
   * @throws IOException when the file cannot be written
   */
  public boolean write(StoredArchive archive, Path file) throws IOException {
    return write(archive.hash(), file) == archive.size();
  }

  /** The bytes written; 0 when a piece is missing. */
  private long write(String archive, Path file) throws IOException {
    try {
      return store.read(
          session -> session.doReturningWork(reading -> read(reading, archive, file)));
    } catch (FileFailure unwritable) {
      throw unwritable.failure;
    }
  }

  /** A file cannot be written: not to be taken for a database that is away. */
  private static final class FileFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient IOException failure;

    FileFailure(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private static long read(Connection connection, String archive, Path file) throws SQLException {
    long bytes = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int number = 0; ; number++) {
        Optional<byte[]> piece = piece(connection, archive, number);
        if (piece.isEmpty()) {
          return number > last(connection, archive) ? bytes : 0;
        }
        out.write(piece.get());
        bytes += piece.get().length;
      }
    } catch (IOException unwritable) {
      throw new FileFailure(unwritable);
    }
  }

  private static Optional<byte[]> piece(Connection connection, String archive, int number)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select content from wiki.plugin_piece where archive = ? and number = ?")) {
      query.setString(1, archive);
      query.setInt(2, number);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  private static int last(Connection connection, String archive) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select coalesce(max(number), -1) from wiki.plugin_piece where archive = ?")) {
      query.setString(1, archive);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  /** Deletes archives that no plugin has, and uploads that were given up. */
  public void sweep() {
    store.change(
        session -> {
          session
              .createMutationQuery(
                  "delete from PluginArchive a where not exists (select 1 from Plugin p"
                      + " where p.archive = a or p.former = a) and a.addedAt < :before")
              .setParameter("before", clock.instant().minus(UPLOAD_KEPT))
              .executeUpdate();
          session.doWork(connection -> sweepPieces(connection, clock.instant()));
        });
  }

  private static void sweepPieces(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from wiki.plugin_piece p where p.added_at < ? and not exists"
                + " (select 1 from wiki.plugin_archive a where a.hash = p.archive)")) {
      delete.setObject(1, OffsetDateTime.ofInstant(now.minus(UPLOAD_KEPT), ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }
}
