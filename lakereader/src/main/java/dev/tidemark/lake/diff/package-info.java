/** Two versions of a table: which rows came, went and changed, without reading what both have. */
package dev.tidemark.lake.diff;
