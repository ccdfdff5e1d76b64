/**
 * Parquet pages to primitive columns: page decoders, dictionary strings, validity. No row objects.
 */
package dev.tidemark.lake.column;
