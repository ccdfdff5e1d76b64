/**
 * What keeps tables quick to open and small: checkpoints beside the commits, and the removal of what nobody needs any more.
 */
package dev.tidemark.stream.log;
