/// Data sets, splits and batches; readers of tables, IDX files and images; sets made by formula; augmentation. Only images need
/// the module `java.desktop`, when the first is read.
package keel.nn.data;
