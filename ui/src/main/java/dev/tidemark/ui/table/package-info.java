/** What a table is made of and how it came to be so: schema, commits, files, growth, cost, and how far back it can be read. */
package dev.tidemark.ui.table;
