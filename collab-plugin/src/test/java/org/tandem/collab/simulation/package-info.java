/**
 * A whole cluster in one thread: the real nodes, the real codecs and clients written from the
 * protocol, on a network, a log and clocks that a seed makes misbehave. Time is a number that leaps
 * from event to event, so minutes of faults pass in milliseconds and a seed repeats exactly.
 */
@org.jspecify.annotations.NullMarked
package org.tandem.collab.simulation;
