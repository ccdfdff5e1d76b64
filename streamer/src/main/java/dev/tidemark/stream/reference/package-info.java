/** What is known of devices beside their messages: where it is read from, when it is read again, and which of it was used for which messages. */
package dev.tidemark.stream.reference;
