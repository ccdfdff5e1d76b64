@echo off
rem Starts the Tidemark desktop. JAVA_HOME names the Java to use, else the one on the PATH; JAVA_OPTS adds to its options.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION="
for /f "tokens=3" %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do set "VERSION=%%v"
if not defined VERSION (
    echo tidemark: Cannot find Java: set JAVA_HOME to a Java 17 or newer, or put its java on the PATH. 1>&2
    exit /b 1
)
if "%VERSION:~0,2%"=="1." goto old
if %VERSION% LSS 17 goto old
set "QUIET="
if %VERSION% GEQ 24 set "QUIET=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rem No pause that can be seen, and after a day no more memory than at its beginning; the script for Linux tells why each.
set "MEMORY=-Xms128m -Xmx1g -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -XX:MetaspaceSize=96m -XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:MaxGCPauseMillis=50 -XX:GCTimeRatio=2 -XX:SoftRefLRUPolicyMSPerMB=10"
rem The slow compiler waits until code has proved hot: else it takes a core for two seconds of the start.
set "PATIENCE=-XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000"
"%JAVA%" %QUIET% %PATIENCE% %MEMORY% "-Dtidemark.home=%HOME_DIR%" %JAVA_OPTS% -cp "%HOME_DIR%\lib\*" dev.tidemark.ui.Tidemark %*
exit /b %ERRORLEVEL%
:old
echo tidemark: Cannot run on "%JAVA%" (expected Java 17 or newer, actual %VERSION%). 1>&2
exit /b 1
