extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let graphPages: [CatalogueEntry] = []
}
