using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A certificate that nobody trusts who is not told to.</summary>
internal static class SelfSigned
{
    public static X509Certificate2 Create(string name = "localhost")
    {
        using RSA rsa = RSA.Create(2048);
        CertificateRequest request = new($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
