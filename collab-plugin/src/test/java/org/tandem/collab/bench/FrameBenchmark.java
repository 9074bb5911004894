package org.tandem.collab.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tandem.api.bench.Jmh;
import org.tandem.api.bench.Report;
import org.tandem.api.bench.Timing;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.protocol.ServerFrame;

/** The frames of one typed letter, as a stream and, beside it, through a tree. */
@State(Scope.Benchmark)
public class FrameBenchmark {

  private static final Timing TIMING = new Timing(8, 8, 250);

  private final Stamp stamp = new Stamp(0x018f_0a2b_3c4d_0001L, "node-1");
  private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT);
  private final FrameEncoder encoder = new FrameEncoder();
  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  private final ServerFrame.Op op =
      new ServerFrame.Op(
          90_001,
          new ClientId(new UUID(1, 2)),
          4_711,
          new UserId(new UUID(3, 4)),
          Delta.builder().retain(1_234, Attributes.NONE).insert("a", Attributes.NONE).build(),
          "");
  private final String text =
      "{\"t\":\"op\",\"seq\":4711,\"rev\":90000,\"delta\":[{\"retain\":1234},{\"insert\":\"a\"}]}";

  @Benchmark
  public Decoded decode() {
    return decoder.decode(text);
  }

  @Benchmark
  public DeltaJson.Parsed decodeTree() throws JsonProcessingException {
    return DeltaJson.fromPlain(mapper.readValue(text, Map.class).get("delta"));
  }

  /** The change and its answer, with the time of each. */
  @Benchmark
  public int encode() {
    var timed =
        new ServerFrame.Op(
            op.rev(), op.client(), op.seq(), op.user(), op.delta(), stamp.toString());
    var ack = new ServerFrame.Ack(op.seq(), op.rev(), stamp.toString());
    return encoder.encode(timed).length() + encoder.encode(ack).length();
  }

  @Benchmark
  public int encodeTree() throws JsonProcessingException {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("t", "op");
    change.put("rev", op.rev());
    change.put("client", op.client().toString());
    change.put("seq", op.seq());
    change.put("user", op.user().toString());
    change.put("delta", DeltaJson.toPlain(op.delta()));
    change.put("hlc", String.format("%016x-%s", stamp.bits(), stamp.node()));
    Map<String, Object> ack = new LinkedHashMap<>();
    ack.put("t", "ack");
    ack.put("seq", op.seq());
    ack.put("rev", op.rev());
    ack.put("hlc", String.format("%016x-%s", stamp.bits(), stamp.node()));
    return mapper.writeValueAsString(change).length() + mapper.writeValueAsString(ack).length();
  }

  static void report(Report report) {
    report.section("Frames of one typed letter");
    report.text("Each as a stream, and with a tree of maps between. *Ratio* is of the times.");
    report.table(
        List.of("Frame", "stream", "bytes", "tree", "bytes", "ratio"),
        List.of(row("op, decoded", "decode"), row("op and ack, encoded", "encode")));
  }

  private static List<String> row(String name, String method) {
    Jmh.Measured stream = Jmh.measure(FrameBenchmark.class, method, TIMING, Map.of());
    Jmh.Measured tree = Jmh.measure(FrameBenchmark.class, method + "Tree", TIMING, Map.of());
    double ours = stream.samples().median();
    double theirs = tree.samples().median();
    return List.of(
        name,
        "%,.0f ns".formatted(ours),
        "%,.0f".formatted(stream.allocated()),
        "%,.0f ns".formatted(theirs),
        "%,.0f".formatted(tree.allocated()),
        Report.ratio(theirs / ours));
  }
}
