/** The command line {@code tidemark-lake}: what tables hold and held, as text, JSON and CSV. */
package dev.tidemark.lake.cli;
