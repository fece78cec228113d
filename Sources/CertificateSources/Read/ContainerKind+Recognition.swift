extension ContainerKind {
  /// What a file is, told by its content.
  public init(of file: [UInt8]) {
    self.init(file.withoutMark, isDER: false)
  }

  /// Told by the content; DER that cannot be told apart is believed to be what it is said to be.
  init(_ bytes: ArraySlice<UInt8>, isDER: Bool) {
    if bytes.allSatisfy({
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        || $0 == UInt8(ascii: "\t")
    }) {
      self = .empty
    } else if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) {
      self = .container(.jks)
    } else if let content = DERContent(bytes) {
      switch content {
      case .foreign(let content): self = .foreign(content)
      case .pkcs12: self = .container(.pkcs12)
      default: self = .container(.der)
      }
    } else if PEMText.isIn(bytes) {
      self.init(pem: bytes)
    } else if isDER, bytes.first == UInt8(ascii: "0") {
      self = .container(.der)
    } else {
      self = .foreign(ForeignContent(recognising: bytes))
    }
  }

  private init(pem bytes: ArraySlice<UInt8>) {
    var foreign: ForeignContent?
    for block in PEMText(bytes, limit: 1_000).blocks {
      guard let found = ForeignContent(label: block.label) else {
        self = .container(.pem)
        return
      }
      if foreign == nil || foreign == .parameters { foreign = found }
    }
    self = foreign.map { .foreign($0) } ?? .container(.pem)
  }
}

extension [UInt8] {
  /// The bytes without the mark that some editors on Windows put before a text.
  var withoutMark: ArraySlice<UInt8> {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
  }
}
