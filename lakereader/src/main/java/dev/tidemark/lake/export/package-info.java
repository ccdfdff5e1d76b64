/**
 * Rows as CSV files: complete or not there, sorted if asked, the same bytes every time.
 */
package dev.tidemark.lake.export;
