import PlanText

/// An instant by the clock of a management server. There is no way to compare it with the local clock but through
/// a ``ClockSkew`` (`docs/SEPM.md`, "Times and ids").
package struct ServerTime: Hashable, Comparable, Sendable {
  /// UTC milliseconds since 1970.
  package let milliseconds: Int64

  /// An instant.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (left: ServerTime, right: ServerTime) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// An instant from its parts, in GMT; nil where there is no such day or time.
  init?(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
  ) {
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    // Years begin in March, so that the day that comes and goes is the last one.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    milliseconds = Int64(seconds) * 1_000 + Int64(millisecond)
  }

  /// Reads the time of an event, `2023-08-12 19:22:21.0`, which is in GMT without saying so.
  init?(event text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == "-", bytes[7] == "-", bytes[13] == ":", bytes[16] == ":"
    else { return nil }
    func number(_ range: Range<Int>) -> Int? { Int(decimal: bytes[range]) }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    self.init(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      millisecond: 0)
  }
}

/// How far the clock of a server is ahead of the local one.
package struct ClockSkew: Hashable, Sendable {
  /// Milliseconds that the server's clock is ahead; less than 0 where it is behind.
  package let ahead: Int64

  /// Milliseconds by which ``ahead`` may be wrong: half of the time that the call took.
  package let accuracy: Int64

  /// A skew.
  package init(ahead: Int64, accuracy: Int64) {
    self.ahead = ahead
    self.accuracy = accuracy
  }

  /// What a server said of its time, in an answer that was asked for at `sent` and was there at `received`, both by
  /// the local clock in milliseconds since 1970.
  init(server: ServerTime, sent: Int64, received: Int64) {
    ahead = server.milliseconds - (sent + (received - sent) / 2)
    accuracy = max(received - sent, 0) / 2
  }

  /// The server's time at an instant of the local clock, in milliseconds since 1970.
  package func serverTime(at local: Int64) -> ServerTime {
    ServerTime(milliseconds: local + ahead)
  }
}

extension Int {
  /// Reads decimal digits and nothing else.
  init?(decimal bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy(\.isDigit) else { return nil }
    self = bytes.reduce(0) { $0 * 10 + Int($1 - "0") }
  }
}
