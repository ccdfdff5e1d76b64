/**
 * What keeps tables fast beside the streaming: small files rewritten as large ones.
 */
package dev.tidemark.stream.maintain;
