/**
 * Benchmarks of the algebra and of documents. {@code mvn -Pbench verify -DskipTests} runs them and
 * writes {@code docs/BENCHMARKS.md}.
 *
 * <p>{@link org.tandem.api.bench.Benchmarks} leads: it writes the inputs to {@code target/bench},
 * has JMH and Node ({@code webapp/bench}) measure the same inputs one right after the other, and
 * writes down what came out. Each workload is measured in a process of its own on both sides, with
 * the same {@link org.tandem.api.bench.Timing}, in several rounds that alternate, so that what the
 * machine does beside it hits both. Java and Node count the operations of all results; when the
 * counts differ the inputs were not the same, and the run fails.
 *
 * <p>{@code Jmh}, {@code Peer}, {@code Machine} and {@code Report} serve the branches' benchmarks
 * in collab-plugin, too.
 */
@org.jspecify.annotations.NullMarked
package org.tandem.api.bench;
