package dev.tidemark.ui.table;

/**
 * What a store asks, in any currency. The usual ones are list prices of Azure Data Lake Storage Gen2, hot, locally redundant, in US dollars; they
 * differ by region and contract, so each can be changed.
 *
 * @param storage  for a GiB a month
 * @param writes   for 10,000 write operations
 * @param reads    for 10,000 read operations
 * @param readsDay how often a day somebody reads the whole table
 */
public record Prices(String currency, double storage, double writes, double reads, double readsDay) {

    public static final Prices USUAL = new Prices("$", 0.0208, 0.065, 0.0052, 24);

    public Prices {
        if (!(storage >= 0 && writes >= 0 && reads >= 0 && readsDay >= 0)) {
            throw new IllegalArgumentException("Cannot count with prices below zero");
        }
    }
}
