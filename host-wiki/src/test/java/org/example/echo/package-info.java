/** Small plugins of somebody else, packed into archives by the tests. */
@NullMarked
package org.example.echo;

import org.jspecify.annotations.NullMarked;
