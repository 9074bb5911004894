package org.tandem.wiki.installation;

/**
 * The time that a plugin took in its hooks of one kind on this node, over the last minutes.
 *
 * @param hook the kind, in a word
 * @param totalMillis in all calls
 * @param meanMicros of a call; 0 without any
 * @param longestMillis of a call
 * @param faults calls that threw or took too long
 */
public record HookTime(
    String hook, long calls, long totalMillis, long meanMicros, long longestMillis, long faults) {}
