/** {@code tidemark-streamer} on the command line. */
package dev.tidemark.stream.cli;
