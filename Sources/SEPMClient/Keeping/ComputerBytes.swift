import PlanModel

/// Writes computers into bytes that ``ComputerReader`` reads: a few dozen for each. Texts that many have in common stand
/// there once.
package struct ComputerWriter: Sendable {
  /// What was written.
  package private(set) var bytes: [UInt8] = []

  private var names: [String: Int] = [:]

  /// A writer with room for so many computers.
  package init(reserving count: Int) { bytes.reserveCapacity(count * 80) }

  /// Writes a number, small ones in fewer bytes.
  package mutating func number(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes milliseconds, which may be less than 0.
  package mutating func time(_ milliseconds: Int64) {
    number(UInt64(bitPattern: milliseconds << 1 ^ milliseconds >> 63))
  }

  /// Writes a text.
  package mutating func text(_ text: String) {
    number(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a computer, with a mark of the caller's.
  package mutating func computer(_ row: Computer, isMarked: Bool) {
    var flags = ComputerFlags()
    flags.set(.marked, isMarked)
    flags.set(.hardwareKey, row.hardwareKey != nil)
    flags.set(.group, row.group != nil)
    flags.set(.serial, row.serial != nil)
    flags.set(.unreadableSerial, row.hasUnreadableSerial)
    flags.set(.lastContact, row.lastContact != nil)
    flags.set(.created, row.created != nil)
    flags.set(.lastSiteID, row.lastSiteID != nil)
    flags.set(.online, row.isOnline)
    flags.set(.deleted, row.isDeleted)
    flags.set(.nonPersistent, row.isNonPersistentDesktop)
    number(UInt64(flags.rawValue))
    id(row.id)
    if let key = row.hardwareKey { id(key) }
    text(row.name)
    if let group = row.group { id(group) }
    name(row.groupPath)
    if let serial = row.serial {
      number(UInt64(serial.prefix))
      time(serial.time.milliseconds)
    }
    if let contact = row.lastContact { time(contact.milliseconds) }
    if let created = row.created { time(created.milliseconds) }
    for shared in [row.version, row.lastServer, row.lastSite, row.function.rawValue] {
      name(shared)
    }
    if let site = row.lastSiteID { id(site) }
  }

  private mutating func id(_ id: SEPMID) {
    for half in [id.high, id.low] {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: half >> shift))
      }
    }
  }

  private mutating func name(_ name: String) {
    let position = names[name] ?? names.count
    number(UInt64(position))
    guard position == names.count else { return }
    names[name] = position
    text(name)
  }
}

/// Reads what ``ComputerWriter`` wrote. Bytes that nobody wrote so give nil, whatever they are.
package struct ComputerReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int
  private var names: [String] = []

  /// A reader of bytes from a position on.
  package init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Whether everything was read.
  package var isAtEnd: Bool { position == bytes.count }

  /// The next number.
  package mutating func number() -> UInt64? {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else { return nil }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    return nil
  }

  /// The next milliseconds; none of a time that no calendar has.
  package mutating func time() -> Int64? {
    guard let number = number() else { return nil }
    let time = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    return abs(time / 2) < 1 << 52 ? time : nil
  }

  /// The next text.
  package mutating func text() -> String? {
    guard let length = number(), length <= UInt64(bytes.count - position) else { return nil }
    let end = position + Int(length)
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// The next computer, with its mark.
  package mutating func computer() -> (row: Computer, isMarked: Bool)? {
    guard let flags = number().flatMap({ ComputerFlags(exactly: $0) }), let id = id() else {
      return nil
    }
    var hardwareKey: SEPMID?
    var group: SEPMID?
    var serial: ProfileSerial?
    var (lastContact, created): (ServerTime?, ServerTime?)
    if flags.has(.hardwareKey) {
      guard let key = self.id() else { return nil }
      hardwareKey = key
    }
    guard let name = text() else { return nil }
    if flags.has(.group) {
      guard let present = self.id() else { return nil }
      group = present
    }
    guard let groupPath = self.name() else { return nil }
    if flags.has(.serial) {
      guard let prefix = number().flatMap({ UInt16(exactly: $0) }), let time = time() else {
        return nil
      }
      serial = ProfileSerial(prefix: prefix, time: ServerTime(milliseconds: time))
    }
    if flags.has(.lastContact) {
      guard let time = time() else { return nil }
      lastContact = ServerTime(milliseconds: time)
    }
    if flags.has(.created) {
      guard let time = time() else { return nil }
      created = ServerTime(milliseconds: time)
    }
    guard let version = self.name(), let lastServer = self.name(), let lastSite = self.name(),
      let function = self.name().flatMap({ OSFunction(rawValue: $0) })
    else { return nil }
    var lastSiteID: SEPMID?
    if flags.has(.lastSiteID) {
      guard let site = self.id() else { return nil }
      lastSiteID = site
    }
    let row = Computer(
      id: id, hardwareKey: hardwareKey, name: name, group: group, groupPath: groupPath,
      serial: serial, hasUnreadableSerial: flags.has(.unreadableSerial), lastContact: lastContact,
      created: created, version: version, lastServer: lastServer, lastSite: lastSite,
      lastSiteID: lastSiteID, function: function, isOnline: flags.has(.online),
      isDeleted: flags.has(.deleted), isNonPersistentDesktop: flags.has(.nonPersistent))
    return (row, flags.has(.marked))
  }

  private mutating func id() -> SEPMID? {
    guard bytes.count - position >= 16 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for offset in 0..<8 {
      halves.0 |= UInt64(bytes[position + offset]) << UInt64(8 * offset)
      halves.1 |= UInt64(bytes[position + 8 + offset]) << UInt64(8 * offset)
    }
    position += 16
    return SEPMID(high: halves.0, low: halves.1)
  }

  private mutating func name() -> String? {
    guard let number = number(), number <= UInt64(names.count) else { return nil }
    if number < UInt64(names.count) { return names[Int(number)] }
    guard let text = text() else { return nil }
    names.append(text)
    return text
  }
}

/// What a computer has and is, a bit each.
private struct ComputerFlags {
  enum Flag: UInt16, CaseIterable {
    case marked, hardwareKey, group, serial, unreadableSerial, lastContact, created, lastSiteID
    case online, deleted, nonPersistent
  }

  private(set) var rawValue: UInt16 = 0

  init() {}

  init?(exactly number: UInt64) {
    guard number < 1 << Flag.allCases.count else { return nil }
    rawValue = UInt16(number)
  }

  func has(_ flag: Flag) -> Bool { rawValue & (1 << flag.rawValue) != 0 }

  mutating func set(_ flag: Flag, _ isSet: Bool) {
    if isSet { rawValue |= 1 << flag.rawValue }
  }
}
