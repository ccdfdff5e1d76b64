package dev.tidemark.ui.live;

/**
 * The ways to a lake that are offered where none is open.
 *
 * @param folder lets the operator choose a folder
 * @param store  asks for a storage account
 * @param signIn asks how to sign in to the account that could not be opened
 * @param cancel ends the opening of a lake
 */
public record Entrances(Runnable folder, Runnable store, Runnable signIn, Runnable cancel) {
}
