extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let syntaxPages: [CatalogueEntry] = [
    tooLarge, otherEncoding, invalidUTF8, forbiddenCharacter, noDocument, tooDeep, tooManyNodes,
    unknownAnchor, recursiveAlias, anchorTwice, duplicateKey, keyIsNoText, tag, directive,
    missingSpace, unreadable,
  ]
}

extension CatalogueEntry {
  public static let tooLarge = CatalogueEntry("S001", "tooLarge", explanation: "", bad: "", good: "")
  public static let otherEncoding = CatalogueEntry("S002", "otherEncoding", explanation: "", bad: "", good: "")
  public static let invalidUTF8 = CatalogueEntry("S003", "invalidUTF8", explanation: "", bad: "", good: "")
  public static let forbiddenCharacter = CatalogueEntry("S004", "forbiddenCharacter", explanation: "", bad: "", good: "")
  public static let noDocument = CatalogueEntry("S005", "noDocument", explanation: "", bad: "", good: "")
  public static let tooDeep = CatalogueEntry("S006", "tooDeep", explanation: "", bad: "", good: "")
  public static let tooManyNodes = CatalogueEntry("S007", "tooManyNodes", explanation: "", bad: "", good: "")
  public static let unknownAnchor = CatalogueEntry("S008", "unknownAnchor", explanation: "", bad: "", good: "")
  public static let recursiveAlias = CatalogueEntry("S009", "recursiveAlias", explanation: "", bad: "", good: "")
  public static let anchorTwice = CatalogueEntry("S010", "anchorTwice", explanation: "", bad: "", good: "")
  public static let duplicateKey = CatalogueEntry("S011", "duplicateKey", explanation: "", bad: "", good: "")
  public static let keyIsNoText = CatalogueEntry("S012", "keyIsNoText", explanation: "", bad: "", good: "")
  public static let tag = CatalogueEntry("S013", "tag", explanation: "", bad: "", good: "")
  public static let directive = CatalogueEntry("S014", "directive", explanation: "", bad: "", good: "")
  public static let missingSpace = CatalogueEntry("S015", "missingSpace", explanation: "", bad: "", good: "")
  public static let unreadable = CatalogueEntry("S016", "unreadable", explanation: "", bad: "", good: "")
}
