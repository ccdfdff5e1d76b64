/** How a streamer is seen from outside: its status beside the tables, metrics and health on a port, and what the tables alone tell. */
package dev.tidemark.stream.status;
