import Cryptography
import Testing

@Suite("Keys and what they sign")
struct PublicKeyTests {
  private let text = Array("sample".utf8)

  @Test("RSA in both paddings")
  func rsa() throws {
    guard let key = try PublicKey(RSAKey.publicNumbers) else {
      Issue.record("no key")
      return
    }
    for (signature, scheme) in [
      (RSAKey.signature, SignatureScheme.rsa(.sha256)),
      (RSAKey.signatureOfPSS, .rsaPSS(.sha256, saltLength: 32)),
    ] {
      #expect(try key.verifies(signature, of: text, scheme))
      #expect(try !key.verifies(signature, of: text + [0], scheme))
      #expect(try !key.verifies(signature.dropLast(), of: text, scheme))
      #expect(try !key.verifies([], of: text, scheme))
    }
    #expect(try !key.verifies(RSAKey.signature, of: text, .rsa(.sha1)))
    #expect(try !key.verifies(RSAKey.signature, of: text, .rsaPSS(.sha256, saltLength: 32)))
    #expect(try !key.verifies(RSAKey.signatureOfPSS, of: text, .rsaPSS(.sha256, saltLength: 20)))
  }

  @Test("Numbers of no RSA key, or of one that would take long, are none")
  func noRSA() throws {
    func isKey(_ modulus: [UInt8], _ exponent: [UInt8]) throws -> Bool {
      try PublicKey(RSAPublicNumbers(modulus: modulus[...], exponent: exponent[...])) != nil
    }
    var even = RSAKey.modulus
    even[even.count - 1] &= 0xFE
    #expect(try isKey([0] + RSAKey.modulus, [0, 3]))
    #expect(try !isKey(even, [3]))
    for exponent: [UInt8] in [[], [0], [1], [2], [4, 0, 0, 0, 1], RSAKey.modulus] {
      #expect(try !isKey(RSAKey.modulus, exponent), "\(exponent)")
    }
    #expect(try !isKey([], [3]))
    #expect(try !isKey([3], [3]))
  }

  @Test("The numbers of a private key belong together, and with none of them changed")
  func privateNumbers() throws {
    func belongTogether(_ numbers: [[UInt8]]) throws -> Bool? {
      try RSAPrivateNumbers(numbers.map { $0[...] })?.belongTogether()
    }
    #expect(try belongTogether(RSAKey.numbers) == true)
    for place in RSAKey.numbers.indices {
      var numbers = RSAKey.numbers
      numbers[place][0] ^= 2
      #expect(try belongTogether(numbers) == false, "\(place)")
      numbers[place] = []
      #expect(try belongTogether(numbers) == false, "\(place)")
      numbers[place] = RSAKey.modulus + RSAKey.modulus
      #expect(try belongTogether(numbers) == false, "\(place)")
      numbers.remove(at: place)
      #expect(try belongTogether(numbers) == nil)
    }
    // One prime may not be 1 and the other all of it.
    var numbers = RSAKey.numbers
    (numbers[3], numbers[4]) = ([1], RSAKey.modulus)
    #expect(try belongTogether(numbers) == false)
  }

  @Test(
    "Points of private numbers (RFC 6979, A.2.5 to A.2.7)",
    arguments: [
      (
        EllipticCurve.p256, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
        """
        04 60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6
        7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299
        """
      ),
      (
        .p384,
        """
        6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8
        96D5724E4C70A825F872C9EA60D2EDF5
        """,
        """
        04 ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64
        def8f0ea9055866064a254515480bc13 8015d9b72d7d57244ea8ef9ac0c62189
        6708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720
        """
      ),
      (
        .p521,
        """
        00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75
        CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538
        """,
        """
        04 01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd
        371123d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac474b9a2f5023a4
        00493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a28a0
        db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfdfcf5
        """
      ),
    ])
  func points(curve: EllipticCurve, number: String, point: String) throws {
    let number = bytes(number)
    #expect(try curve.publicPoint(of: number[...]) == bytes(point))
    #expect(try curve.publicPoint(of: ([0, 0] + number)[...]) == bytes(point))
    for none: [UInt8] in [[], [0], [UInt8](repeating: 0xFF, count: number.count), number + [0]] {
      #expect(try curve.publicPoint(of: none[...]) == nil)
    }
  }

  @Test("ECDSA (RFC 6979, A.2.5)")
  func ecdsa() throws {
    let point = try #require(
      try EllipticCurve.p256.publicPoint(
        of: bytes("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")[...]))
    guard let key = try PublicKey(point: point, on: .p256) else {
      Issue.record("no key")
      return
    }
    var signature = bytes(
      """
      3046 0221 00 EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
      0221 00 F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
      """)
    #expect(try key.verifies(signature, of: text, .ecdsa(.sha256)))
    #expect(try !key.verifies(signature, of: text, .ecdsa(.sha512)))
    #expect(try !key.verifies(signature + [0], of: text, .ecdsa(.sha256)))
    #expect(try !key.verifies([], of: text, .ecdsa(.sha256)))
    signature[20] ^= 1
    #expect(try !key.verifies(signature, of: text, .ecdsa(.sha256)))
  }

  @Test("A point beside the curve, cut off, compressed or at infinity is no key")
  func noPoint() throws {
    var point = try #require(try EllipticCurve.p384.publicPoint(of: [7]))
    func isKey(_ point: [UInt8], _ curve: EllipticCurve) throws -> Bool {
      try PublicKey(point: point, on: curve) != nil
    }
    #expect(try isKey(point, .p384))
    #expect(try !isKey(point, .p256))
    #expect(try !isKey([2] + point[1...48], .p384))
    #expect(try !isKey([0], .p384))
    #expect(try !isKey([], .p384))
    #expect(try !isKey(Array(point.dropLast()), .p384))
    point[50] ^= 1
    #expect(try !isKey(point, .p384))
  }

  @Test("Ed25519 (RFC 8032, 7.1)")
  func ed25519() throws {
    let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    let bits = try #require(try Ed25519.publicKey(of: seed[...]))
    #expect(bits == bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    #expect(try Ed25519.publicKey(of: seed.dropLast()) == nil)
    guard let key = try PublicKey(ed25519: bits) else {
      Issue.record("no key")
      return
    }
    let signature = bytes(
      """
      92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
      085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
      """)
    #expect(try key.verifies(signature, of: [0x72], .ed25519))
    #expect(try !key.verifies(signature, of: [0x73], .ed25519))
  }
}
