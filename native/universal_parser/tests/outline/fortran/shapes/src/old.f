C     Old style.
      SUBROUTINE OLD(A,
     &  B)
      INTEGER A, B
C     comment
      DO 10 I=1,3
   10 CONTINUE
      END
      REAL FUNCTION G(X)
      G = X
      END
