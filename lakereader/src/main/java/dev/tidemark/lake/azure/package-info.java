/** Azure Data Lake Storage Gen2: places, ways to sign in, and Hadoop's driver made patient, sparing with requests and plain-spoken. */
package dev.tidemark.lake.azure;
