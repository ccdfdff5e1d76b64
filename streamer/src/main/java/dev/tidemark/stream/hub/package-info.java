/**
 * A local hub: Event Hubs over AMQP 1.0 (protonj2) on a durable file log, for demos, tests and plants without a cloud. Clients use the same SDK as with
 * Azure. {@link dev.tidemark.stream.hub.Hub} is the whole; nothing else of the streamer knows it but the command line.
 */
package dev.tidemark.stream.hub;
