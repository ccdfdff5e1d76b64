/**
 * What must be remembered from one run to the next, written into memory and read from it. Pure: no file, no clock, no thread.
 */
package dev.tidemark.stream.state;
