/**
 * Which files and row groups a question needs, and which rows answer it.
 */
package dev.tidemark.lake.scan;
