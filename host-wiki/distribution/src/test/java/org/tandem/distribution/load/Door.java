package org.tandem.distribution.load;

import java.net.URI;
import java.util.function.IntFunction;

/**
 * Where clients connect.
 *
 * @param cookies those that the socket of a number comes with
 */
record Door(URI address, IntFunction<String> cookies) {}
