package org.tandem.api.bench;

/**
 * How long something is measured, on both sides alike.
 *
 * @param warmups iterations whose figures are thrown away
 * @param iterations iterations whose figures count
 * @param millis length of one iteration; one that has begun its only operation ends it
 */
public record Timing(int warmups, int iterations, int millis) {}
