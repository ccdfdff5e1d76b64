/** Tells people about alerts: webhooks and mail, at least once, from {@code gold/alerts} as the outbox, on threads of their own. */
package dev.tidemark.stream.alert.delivery;
