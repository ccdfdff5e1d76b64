/** What a person configures in a YAML file: values with the place they stand at, so that what is wrong is told where it is. Knows no other package. */
package dev.tidemark.stream.config;
