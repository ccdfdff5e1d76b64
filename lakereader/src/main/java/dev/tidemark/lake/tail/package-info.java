/** Waiting for the next commit of a log without listing it. */
package dev.tidemark.lake.tail;
